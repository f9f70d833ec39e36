import type { World } from '../test/crash/world.ts';
import { reads } from '../test/e2e/words-on-screen.ts';
import { SECRET } from './deals.ts';
import { OUTSIDERS } from './places.ts';

const secret = new RegExp(SECRET, 'i');

/** Deals shown to those who may not see them, and secrets in a log; in words, without the secret itself. */
export function leaks({ slack, aws }: World, logs: readonly string[]): readonly string[] {
  const forbidden = [
    slack.botToken,
    slack.appToken,
    aws.credentials.secretAccessKey,
    `/actions/${slack.team.id}/`,
  ];
  /** Of what the bot says in a direct message, and what one person alone sees, that person is the only reader. */
  const messages = slack
    .channels()
    .flatMap(({ id, kind, members }) =>
      slack.messages(id).map((message) => ({ message, direct: kind === 'im' ? members : undefined })),
    )
    .filter(({ message }) => message.user === slack.botUserId);
  const reachesOthers = (readers: readonly string[] | undefined) =>
    readers === undefined || readers.some((reader) => OUTSIDERS.includes(reader));
  return [
    ...messages
      .filter(({ message: { ephemeralTo }, direct }) =>
        reachesOthers(ephemeralTo === undefined ? direct : [ephemeralTo]),
      )
      .map(({ message }) => message)
      .filter((message) => secret.test(reads(message)))
      .map(({ channel, ts }) => `message ${ts} in ${channel} shows a deal to those who may not see it`),
    ...OUTSIDERS.flatMap((user) =>
      [...slack.views(user), slack.home(user)].filter((view) => view !== undefined),
    )
      .filter((view) => secret.test(reads(view)))
      .map(({ id }) => `view ${id} shows a deal to somebody who may not see it`),
    ...logs
      .flatMap((log) => log.split('\n'))
      .filter((line) => secret.test(line) || forbidden.some((each) => line.includes(each)))
      .map(
        (line) =>
          `a log holds what belongs in none, in a line that says: ${/"msg":"([^"]*)"/.exec(line)?.[1] ?? 'nothing'}`,
      ),
  ];
}
