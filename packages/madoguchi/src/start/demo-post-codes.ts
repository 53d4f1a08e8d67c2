import type { PostCodes } from '@madoguchi/procedure';

const city = { prefecture: '見本県', municipality: '見本市', municipalityCode: '99201' };
const town = { prefecture: '見本県', municipality: '手本町', municipalityCode: '99301' };

/** Post codes of the invented prefecture. No real post code begins with 000, so none of them can be taken for a real one. */
export const demoPostCodes: PostCodes = {
  '0000001': [{ ...city, town: '中央' }],
  '0000002': [
    { ...city, town: '本町' },
    { ...city, town: '緑町' },
  ],
  '0000003': [{ ...town, town: '' }],
};
