import { randomInt } from 'node:crypto';

const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LONGER = `${CHARACTERS}abcdefghijklmnopqrstuvwxyz`;

function pick(from: string, length: number): string {
  return Array.from({ length }, () => from.charAt(randomInt(from.length))).join('');
}

/** An ID in Slack's form: its kind's letter (`V` for a view, `D` for a DM ...) and ten letters and digits. */
export function newId(kind: 'V' | 'D' | 'Ev'): string {
  return `${kind}0${pick(CHARACTERS, 9)}`;
}

/** A string nobody guesses, for tokens, hashes, and the block_ids and action_ids an app left out. */
export function newSecret(length: number): string {
  return pick(LONGER, length);
}
