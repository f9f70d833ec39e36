import type { Catalog } from '../../partner-central/operations.ts';
import type { Permission } from '../../submissions/permissions.ts';
import * as words from '../../words/messages.ts';
import { notPermitted, permissionUnknown } from '../../words/modal.ts';
import { catalogMeaning } from '../../words/terms.ts';
import { context, section } from './elements.ts';
import type { Message } from './submission-message.ts';

/** `help`: what the command takes, what this person may do, and which catalog this bot reaches. */
export function helpMessage(permission: Permission, catalog: Catalog): Message {
  const may =
    permission.allowed === 'unknown'
      ? permissionUnknown
      : permission.allowed
        ? words.helpMay
        : words.helpMayNot(notPermitted[permission.why]);
  return {
    text: [words.helpExamples, words.helpOtherDoors, may].join('\n'),
    blocks: [
      section(words.helpTitle),
      section(words.helpExamples),
      section(words.helpOtherDoors),
      section(words.helpWhatHappens),
      section(may),
      context(words.helpCatalog(catalogMeaning(catalog))),
    ],
  };
}
