export { mutations, random } from './mutate.js';
export {
  agencyWorld,
  type Basics,
  basicsFor,
  citizenWorld,
  now,
  type Party,
  parsedCertificate,
  party,
  taro,
} from './world.js';
