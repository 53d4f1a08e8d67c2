export { mutations, random } from './mutate.js';
export {
  agencyWorld,
  type Basics,
  basicsFor,
  citizenWorld,
  loginWorld,
  now,
  type Party,
  parsedCertificate,
  party,
  taro,
} from './world.js';
