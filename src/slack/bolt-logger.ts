import { LogLevel, type Logger as SlackLogger } from '@slack/logger';
import type { Logger } from '../observability/log.ts';

/**
 * Slack's libraries into our log. Their debug output is raw envelopes, with tokens, response_urls and what people
 * typed: it isn't passed on, whatever the level.
 */
export function boltLogger(log: Logger): SlackLogger {
  const line = (message: readonly unknown[]) =>
    message
      .map((part) => (part instanceof Error ? part.message : typeof part === 'string' ? part : ''))
      .join(' ');
  return {
    debug: () => {},
    info: (...message) => log.debug(line(message)),
    warn: (...message) => log.warn(line(message)),
    error: (...message) => log.error(line(message)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
