import type { Catalog } from '../../partner-central/operations.ts';
import type { Permission } from '../../submissions/permissions.ts';
import * as words from '../../words/messages.ts';
import { permissionUnknown } from '../../words/modal.ts';
import { catalogMeaning } from '../../words/terms.ts';
import { mentionAny } from '../text.ts';
import { context, section } from './elements.ts';
import { refusalText } from './refusal.ts';
import type { Message } from './submission-message.ts';

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
