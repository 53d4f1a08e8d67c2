/** The signing agent and what prepares a machine and a card for it: set-up, renewal, smartphones, the end of a certificate. */
export { type Agent, type AgentOptions, startAgent } from '../agent/agent.js';
export { agentPhrase } from '../agent/phrase.js';
export { announceHome, findHome, writeOpener } from '../install/agent-home.js';
export { isCounter, isPortal, readAgentTrust, writeAgentTrust } from '../install/agent-trust.js';
export {
  folderOf,
  installAgent,
  runQuietly,
  uninstallAgent,
} from '../install/install.js';
export { agentCommand, agentUnit, type Machine } from '../install/install-plan.js';
export { type RenewedKey, renewKey } from '../renewal/renew-key.js';
export { renewalService } from '../renewal/renewal-service.js';
export { endCertificate } from '../revocation/end-certificate.js';
export { installService, startService } from '../service-words.js';
export { askForTokens, type VouchingCard } from '../tokens/card-request.js';
export { makeToken, type TokenStep, tokenPinFault } from '../tokens/make-token.js';
export { type KnownToken, type TokenMedium, tokenService } from '../tokens/token-service.js';
