import { WebClient } from '@slack/web-api';
import type { ConfigParts } from '../config/config.ts';
import { createLog } from '../observability/log.ts';
import { boltLogger } from '../slack/socket.ts';

/** For one call of an operator's command: no second try, 5 s; what it would log is told by whoever asks. */
export const slackClient = (token: string, slackApi: ConfigParts['slackApi']): WebClient =>
  new WebClient(token, {
    ...(slackApi?.url === undefined ? {} : { slackApiUrl: slackApi.url }),
    logger: boltLogger(createLog('silent')),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 5000,
  });
