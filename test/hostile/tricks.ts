/**
 * What our own words put between angle brackets: the people and channels of the records, whom the operator named to be
 * asked, moments, Partner Central, Slack's own messages.
 */
const OURS =
  /<(?:@U1|#C1|@U07OPERATOR|#C07OPERATOR|!subteam\^S07OPERATOR|!date\^\d+\^\{date_short_pretty\} \{time\}\|[^<>|]*|https:\/\/(?:deals\.example|acme\.slack\.com)\/[^<>|]*\|[^<>|]+)>/g;

/** Turns text round, or hides in it. */
const UNSEEN = /[\u202A-\u202E\u2066-\u2069]|(?![\n\t])\p{Cc}/u;

/** Whatever Slack would interpret, show turned round or refuse in a message, a view or a list; as it stands there. */
export function tricksIn(surface: unknown): readonly string[] {
  return textsIn(surface).flatMap(({ text, isMarkup }) => {
    const rest = text.replaceAll(OURS, '');
    const isTricky =
      !text.isWellFormed() ||
      UNSEEN.test(text) ||
      (isMarkup && (/[<>]/.test(rest) || /&(?!(?:amp|lt|gt);)/.test(rest)));
    return isTricky ? [text] : [];
  });
}

interface Text {
  readonly text: string;
  /** Slack reads it as mrkdwn, as it does a message's own text. */
  readonly isMarkup: boolean;
}

function textsIn(value: unknown): readonly Text[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const own =
    'text' in value && typeof value.text === 'string'
      ? [{ text: value.text, isMarkup: !('type' in value) || value.type === 'mrkdwn' }]
      : [];
  return [...own, ...Object.values(value).flatMap(textsIn)];
}
