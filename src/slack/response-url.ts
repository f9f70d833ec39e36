import type { KnownBlock } from '@slack/types';

/** What a response_url takes. "Handling user interaction: Using response_url", https://docs.slack.dev */
export interface Response {
  readonly response_type?: 'ephemeral' | 'in_channel';
  readonly replace_original?: boolean;
  readonly thread_ts?: string;
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
}

/** A response_url lives 30 minutes and takes five uses; one is left for the command's own answer. */
export const RESPONSE_URL_MS = 29 * 60 * 1000;
export const RESPONSE_URL_USES = 4;

/** Milliseconds for one answer. */
const TIMEOUT_MS = 5000;

/** Posts to a response_url. False: Slack didn't take it (used up, expired, away). Never throws; never logs the URL. */
export async function respondAt(url: string, response: Response): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(response),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
