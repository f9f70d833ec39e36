import { createHash } from 'node:crypto';
import type { Message } from './kinds/submission.ts';

/** A fingerprint of what a message shows, its buttons too: whether two show the same, and nothing of a deal. */
export const shownBy = ({ text, blocks }: Message): string =>
  createHash('sha256')
    .update(JSON.stringify([text, blocks]))
    .digest('base64url');
