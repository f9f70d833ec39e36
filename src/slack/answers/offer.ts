import type { Permission } from '../../permissions.ts';
import type { Message } from '../blocks/elements.ts';
import { button, section } from '../blocks/elements.ts';
import { refusalText, saying } from '../blocks/saying.ts';
import { tooMany } from '../forms/batch-words.ts';
import { permissionUnknown } from '../forms/words.ts';
import { ACTION } from '../ids.ts';
import { MOST_AT_ONCE } from '../limits.ts';
import { forOpportunity, openForm } from '../words.ts';
import * as words from './offer-words.ts';

/** The answer to a mention: a button that opens the form, for whoever may; `value` is an `OpenFormValue`, written. */
export function offerMessage(
  permission: Permission,
  { opportunityIds, value }: { readonly opportunityIds: readonly string[]; readonly value: string },
): Message {
  if (permission.allowed === 'unknown') return saying(permissionUnknown);
  if (!permission.allowed) return saying(refusalText(permission.why));
  if (opportunityIds.length > MOST_AT_ONCE) return saying(tooMany(opportunityIds.length, MOST_AT_ONCE));
  const [opportunityId, another] = opportunityIds;
  const only = another === undefined ? opportunityId : undefined;
  const several = another === undefined ? words.offerNone : words.offerSeveral;
  const text = only === undefined ? several : words.offer(only);
  return {
    text,
    blocks: [
      section(text),
      {
        type: 'actions',
        elements: [
          button({
            text: openForm,
            label: only === undefined ? openForm : forOpportunity(openForm, only),
            actionId: ACTION.openForm,
            value,
            style: 'primary',
          }),
        ],
      },
    ],
  };
}
