/** A city that a test kills and starts again over the same data folder and ports, with a card of its authority. */
import { demoResidents, type Resident } from '@madoguchi/ca';
import { type Database, openDatabase } from '@madoguchi/store';
import { enterDesk, type Officer } from './desk.js';
import { type Asked, askForRequest, seal, signWithCard } from './forger.js';
import { freePorts } from './free-ports.js';
import { type RunningCity, startCity, temporaryFolder } from './running-city.js';
import { type CitizenCard, issueCardIn } from './test-city.js';

export class KillableCity {
  readonly dir: string;
  /** The first of three. */
  readonly port: number;
  readonly #remove: () => Promise<void>;
  #city: RunningCity | undefined;
  #card: CitizenCard | undefined;
  /** At the desk of this start: its link opens once. */
  #officer: Promise<Officer> | undefined;

  private constructor(dir: string, port: number, remove: () => Promise<void>) {
    this.dir = dir;
    this.port = port;
    this.#remove = remove;
  }

  static async start(name: string): Promise<KillableCity> {
    const { dir, remove } = await temporaryFolder(name);
    const city = new KillableCity(dir, await freePorts(3), remove);
    await city.startAgain();
    const [taro] = demoResidents as readonly [Resident];
    city.#card = await issueCardIn(dir, taro);
    return city;
  }

  get running(): RunningCity {
    if (this.#city === undefined) throw new Error('the city does not run');
    return this.#city;
  }

  async startAgain(): Promise<void> {
    this.#officer = undefined;
    const args = ['--port', String(this.port), '--agent-port', String(this.port + 2)];
    this.#city = await startCity({ dir: this.dir, args });
  }

  officer(): Promise<Officer> {
    this.#officer ??= enterDesk(this.running.addresses.desk);
    return this.#officer;
  }

  /** An application, signed with the card and sealed, that was not sent yet. */
  async prepare(): Promise<{ asked: Asked; envelope: Uint8Array }> {
    if (this.#card === undefined) throw new Error('there is no card yet');
    const asked = await askForRequest(this.running.addresses.agency);
    return { asked, envelope: await seal(asked, await signWithCard(asked, this.#card)) };
  }

  async withDatabase<T>(work: (sql: Database['sql']) => Promise<T>): Promise<T> {
    const database = await openDatabase({ dataDir: this.dir });
    try {
      return await work(database.sql);
    } finally {
      await database.close();
    }
  }

  /** Stops it as a person does and gives the exit code. */
  async stop(): Promise<number | null> {
    const code = (await this.#city?.stop()) ?? null;
    // What it said last is all that tells why it ended.
    if (code !== 0) process.stderr.write(this.#city?.output() ?? '');
    this.#city = undefined;
    return code;
  }

  async remove(): Promise<void> {
    await this.stop();
    await this.#remove();
  }
}
