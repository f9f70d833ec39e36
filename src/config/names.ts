import { closestMatch } from 'leven';
import { type Environment, givenIn, settings } from './settings.ts';

const OURS: readonly string[] = Object.keys(settings.shape);

/** Of ours, what many programs are set by: a name beside one of these may well be another program's own. */
const COMMON = /^(PORT|HOST|DATA_DIR|AWS_ENDPOINT_URL_STS|(SLACK|OPS|LOG)_.+)$/;
const OURS_ALONE = OURS.filter((name) => !COMMON.test(name));

/** What others read that stands in a `.env` for good reason: Node, AWS's SDKs, libpq, Docker and `compose.yml`, the system. */
const OTHERS =
  /^((AWS|NODE|PG|COMPOSE|DOCKER|LC)[A-Z0-9_]*|DATABASE_PASSWORD|LANG|TZ|TMPDIR|NO_COLOR|FORCE_COLOR|UV_THREADPOOL_SIZE|SSL_CERT_(FILE|DIR)|(HTTPS?|NO|ALL)_PROXY)$/i;

/**
 * What is set under a name that nobody reads, in words, each with the likeliest setting; a misspelt `SUBMITTERS` lets
 * everybody submit.
 *
 * In the bot's own file every name is meant for the bot, but those of `OTHERS`. In the environment, where there are
 * other programs' too, only what is a slip away from a setting that nobody else has, and that isn't set.
 *
 * @param inFile the names that `.env` gives a value
 */
export function unknownNames(environment: Environment, inFile: readonly string[]): readonly string[] {
  const given = givenIn(environment);
  return Object.keys(given)
    .filter((name) => !OURS.includes(name))
    .flatMap((name) => {
      const meant = slipOf(name);
      if (inFile.includes(name)) {
        const likeliest = meant ?? (OTHERS.test(name) ? undefined : nearest(name, OURS, name.length / 3));
        if (likeliest !== undefined) return [didYouMean(name, likeliest)];
        return OTHERS.test(name)
          ? []
          : [`${name} is no setting of this bot: take it out of .env. docs/settings.md has them all.`];
      }
      return meant === undefined || given[meant] !== undefined ? [] : [didYouMean(name, meant)];
    });
}

const didYouMean = (name: string, likeliest: string): string =>
  `${name} is no setting of this bot: did you mean ${likeliest}?`;

/** The setting that a name is one letter away from, or two where it is long. */
const slipOf = (name: string): string | undefined => nearest(name, OURS_ALONE, name.length > 8 ? 2 : 1);

const nearest = (name: string, among: readonly string[], letters: number): string | undefined =>
  closestMatch(name.toUpperCase(), among, { maxDistance: Math.floor(letters) });
