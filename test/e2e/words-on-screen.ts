import type { OpenView, StandInMessage } from '../../demo/slack/stand-in.ts';

/** What a person reads in a message or a view, one text a line, as Slack's markup; of a link its label. */
export function reads(shown: StandInMessage | OpenView): string {
  const spoken = 'view' in shown ? '' : shown.text;
  return [
    spoken,
    ...objectsIn(surface(shown)).flatMap(({ text }) => (typeof text === 'string' ? [text] : [])),
  ]
    .join('\n')
    .replaceAll(/<https:[^<>|]*\|([^<>]*)>/g, '$1');
}

/** What Slack reads as its markup in a message or a view: the rest is plain text, where `<!here>` calls nobody. */
export function markup(shown: StandInMessage | OpenView): string {
  const spoken = 'view' in shown ? '' : shown.text;
  const marked = objectsIn(surface(shown)).filter(({ type }) => type === 'mrkdwn');
  return [spoken, ...marked.map(({ text }) => String(text))].join('\n');
}

/** The buttons of a message or a view, by their texts. */
export function buttons(shown: StandInMessage | OpenView): readonly string[] {
  return objectsIn(surface(shown))
    .filter(({ type }) => type === 'button')
    .flatMap(({ text }) => objectsIn(text).flatMap((inner) => String(inner.text)));
}

/** What its menu offers. */
export const menu = (shown: StandInMessage | OpenView): readonly { text: string; value: string }[] =>
  objectsIn(surface(shown))
    .filter(({ type }) => type === 'overflow')
    .flatMap(({ options }) => objectsIn(options))
    .flatMap(({ text, value }) =>
      typeof value === 'string' ? objectsIn(text).map((inner) => ({ text: String(inner.text), value })) : [],
    );

/** Whether a button of it is the action's. */
export const hasButton = (shown: StandInMessage | OpenView, actionId: string): boolean =>
  objectsIn(surface(shown)).some(({ type, action_id }) => type === 'button' && action_id === actionId);

const surface = (shown: StandInMessage | OpenView): unknown => ('view' in shown ? shown.view : shown.blocks);

/** Every object in a value, outermost first: blocks, elements, text objects. */
function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [{ ...value }, ...Object.values(value).flatMap(objectsIn)];
}
