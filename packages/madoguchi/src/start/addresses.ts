import type { OfficeDesk } from './office-desks.js';

/** What `addresses.json` holds. */
export interface Addresses {
  portal: string;
  agency: string;
  ca: string;
  agent: string;
  /** The agent's own pages: for the user of this machine, a new address each start. Absent where another client's agent answers. */
  agentHome?: string;
  desk: string;
  /** The prefecture and the ministry: their first pages and desks, and the offices that decide parts of what they receive. */
  others: { name: string; agency: string; desk: string; offices: OfficeDesk[] }[];
  /** Opens the portal's management once. */
  admin: string;
  /** Opens the portal's helpdesk once. */
  helpdesk: string;
  counter: string;
  /** Folder of the e-mail notices: in the demo nothing is sent. */
  mail: string;
  card: { kind: 'reader' | 'image'; file: string };
  pid: number;
}
