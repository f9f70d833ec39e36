import type { Catalog } from '../../aws/terms.ts';
import { catalogMeaning } from '../../aws/terms.ts';
import type { Permission } from '../../permissions.ts';
import type { Message } from '../blocks/elements.ts';
import { context, section } from '../blocks/elements.ts';
import { refusalText } from '../blocks/saying.ts';
import { permissionUnknown } from '../forms/words.ts';
import { mentionAny } from '../text.ts';
import * as words from '../words.ts';

/** `help`, for whoever may submit: what there is, which catalog this bot reaches, and whom to ask (`CONTACT`); for others, why not. */
export function helpMessage(
  permission: Permission,
  { catalog, contact }: { readonly catalog: Catalog; readonly contact: string | undefined },
): Message {
  const questions = contact === undefined ? [] : [words.helpContact(mentionAny(contact))];
  if (permission.allowed === false) {
    const text = words.helpMayNot(refusalText(permission.why));
    return { text, blocks: [section(text), ...questions.map((text) => context(text))] };
  }
  const may = permission.allowed ? words.helpMay : permissionUnknown;
  return {
    text: [words.helpCommands, may].join('\n'),
    blocks: [
      section(words.helpCommands),
      section(words.helpWhatHappens),
      context([`${may} ${catalogMeaning(catalog)}.`, ...questions].join(' ')),
    ],
  };
}
