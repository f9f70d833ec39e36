import type { Catalog } from '../../aws/terms.ts';
import { catalogMeaning } from '../../aws/terms.ts';
import type { Permission } from '../../permissions.ts';
import type { Message } from '../blocks/elements.ts';
import { context, section } from '../blocks/elements.ts';
import { refusalText } from '../blocks/saying.ts';
import { permissionUnknown } from '../forms/words.ts';
import { mentionAny } from '../text.ts';
import * as words from '../words.ts';

/** `help`: what the command takes, what this person may do, which catalog this bot reaches, and whom to ask about it (`CONTACT`). */
export function helpMessage(
  permission: Permission,
  { catalog, contact }: { readonly catalog: Catalog; readonly contact: string | undefined },
): Message {
  const may =
    permission.allowed === 'unknown'
      ? permissionUnknown
      : permission.allowed
        ? words.helpMay
        : words.helpMayNot(refusalText(permission.why));
  return {
    text: [words.helpExamples, words.helpOtherDoors, may].join('\n'),
    blocks: [
      section(words.helpTitle),
      section(words.helpExamples),
      section(words.helpOtherDoors),
      section(words.helpWhatHappens),
      section(may),
      context(words.helpCatalog(catalogMeaning(catalog))),
      ...(contact === undefined ? [] : [context(words.helpContact(mentionAny(contact)))]),
    ],
  };
}
