import type { Resident } from './identity/resident.js';
import type { RegisterRecord } from './register/record.js';

/** The first people of the demo places; the whole demo register is assets/demo-register.json. Some have names that certificates cannot write as registered. */
export const demoRecords: readonly RegisterRecord[] = [
  {
    number: '00001001',
    name: '総務　太郎',
    kana: 'ソウム　タロウ',
    address: '見本県見本市中央一丁目２番３号',
    birthDate: '1975-04-01',
    sex: 'male',
    municipality: '99201',
  },
  {
    number: '00001002',
    name: '総務　花子',
    kana: 'ソウム　ハナコ',
    address: '見本県見本市中央一丁目２番３号',
    birthDate: '1978-02-28',
    sex: 'female',
    municipality: '99201',
  },
  {
    number: '00001003',
    name: '𠮷田　梅',
    kana: 'ヨシダ　ウメ',
    address: '見本県見本市大字鷹野髙台４５６番地７　見本ハイツ１０２号',
    birthDate: '1948-02-29',
    sex: 'female',
    municipality: '99201',
  },
  {
    number: '00001004',
    name: '髙﨑　邉',
    kana: 'タカサキ　アタリ',
    address: '見本県見本市旭町３丁目１０番５－１２０３号',
    birthDate: '1991-12-31',
    sex: 'other',
    municipality: '99201',
  },
  {
    number: '00000001',
    name: 'ＳＭＩＴＨ　ＪＯＨＮ　ＰＡＵＬ',
    kana: '',
    address: '見本県手本町港一丁目１番１号',
    birthDate: '1986-00-00',
    sex: 'male',
    municipality: '99301',
    stayUntil: new Date('2029-03-31T14:59:59Z'),
  },
];

export const demoResidents: readonly Resident[] = [...demoRecords];
