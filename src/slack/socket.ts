import { SocketModeReceiver } from '@slack/bolt';
import { type Clock, LONGEST_HINT_MS, sleep } from '../clock.ts';
import type { Logger } from '../observability/log.ts';
import type { boltLogger } from './bolt-logger.ts';
import { webApiFailure } from './refusals.ts';

/** Milliseconds before another try: twice as long after each that failed. With one that takes as long as it may: 28 s. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;
/** Milliseconds for the address of a socket, and from there to Slack's `hello`. */
const ADDRESS_MS = 5000;
const HELLO_MS = 8000;

export interface Socket {
  readonly receiver: SocketModeReceiver;
  /** Resolves when the socket stands, however long Slack is away. @throws what Slack refuses the app token with. */
  open(): Promise<void>;
  close(): Promise<void>;
  stands(): boolean;
}

/**
 * The socket to Slack, opened again by ourselves within 30 s of Slack being well: `@slack/socket-mode` would wait 5 s longer
 * after each failure, without a limit, longer still where Slack can't be reached, and for ever for a socket on which no
 * `hello` comes.
 */
export function createSocket({
  appToken,
  apiUrl,
  clock,
  log,
  logger,
}: {
  readonly appToken: string;
  /** SLACK_API_URL. */
  readonly apiUrl: string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of Slack's libraries. */
  readonly logger: ReturnType<typeof boltLogger>;
}): Socket {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    // Options of its own: it writes its retry policy (100 tries) into what it is given.
    installerOptions: {
      clientOptions: {
        ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: ADDRESS_MS,
      },
    },
  });
  const { client } = receiver;
  let closing = false;
  let stands = false;
  let stoodSince = 0;
  let failures = 0;

  const pause = (ms: number) => sleep(clock, ms);
  const waitMs = () => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);

  const untilOpen = async (givesUp: (error: unknown) => boolean): Promise<void> => {
    while (!closing) {
      try {
        await client.start();
        return;
      } catch (error) {
        if (closing) return;
        if (givesUp(error)) throw error;
        const failure = webApiFailure(error);
        log.warn(
          { error: failure?.error ?? 'no_socket' },
          'the socket to Slack could not be opened; it is tried again within half a minute',
        );
        const asked = failure?.type === 'later' ? (failure.retryAfterMs ?? 0) : 0;
        await pause(Math.max(waitMs(), Math.min(asked, LONGEST_HINT_MS)));
        failures += 1;
      }
    }
  };

  const end = async (): Promise<void> => {
    // The first asks the other side to close, the second doesn't wait for it.
    await Promise.all([client.disconnect(), client.disconnect()]);
  };
  let stopWaiting = () => {};
  client.on('connecting', () => {
    stopWaiting = clock.after(HELLO_MS, () => void end());
  });
  client.on('connected', () => {
    stopWaiting();
    if (closing) {
      // Its address came when the bot was being stopped.
      void end();
      return;
    }
    stands = true;
    stoodSince = clock.monotonic();
  });
  client.on('disconnected', () => {
    stopWaiting();
    // An attempt that failed says so itself.
    if (!stands) return;
    stands = false;
    // One that is closed as soon as it stands is a failure too.
    failures = clock.monotonic() - stoodSince < LONGEST_WAIT_MS ? failures + 1 : 0;
    if (!closing) void pause(waitMs()).then(() => untilOpen(() => false));
  });

  return {
    receiver,
    open: () => untilOpen((error) => webApiFailure(error)?.type === 'platform'),
    async close() {
      closing = true;
      await client.disconnect();
    },
    stands: () => stands,
  };
}
