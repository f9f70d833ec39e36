import { z } from 'zod';
import type { Catalog, InvolvementType, Visibility } from '../partner-central/operations.ts';
import type { BatchChoices, Exception } from '../submissions/batches/batch-choices.ts';
import type { Choices } from '../submissions/submission.ts';
import * as words from '../words/modal.ts';
import { parseOpportunityId } from './command-text.ts';
import { ACTION, BLOCK } from './ids.ts';

/** What Slack sends of a view's inputs. "View submission payloads", https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export interface FormState {
  readonly values: Readonly<Record<string, Readonly<Record<string, InputState>>>>;
}

interface InputState {
  readonly selected_option?: { readonly value?: string } | null;
  readonly selected_options?: readonly unknown[] | null;
}

/** The choices as they were sent, or what is wrong with them, by block. */
export type ReadChoices =
  | {
      readonly ok: true;
      readonly choices: Choices;
      /** The person wants it submitted in spite of what readiness found. */
      readonly anyway: boolean;
      /** The block to say something about that at: a form that was sent before it could ask hasn't got one. */
      readonly anywayBlock: string;
    }
  | { readonly ok: false; readonly errors: Record<string, string> };

const involvementType = z.enum(['Co-Sell', 'For Visibility Only']);
const visibility = z.enum(['Full', 'Limited']);
const exception = z.enum([...involvementType.options, 'leave-out']);

/**
 * What a form holds that was sent, for one or for several. Slack checks required inputs too; a request that didn't
 * come from our form doesn't get past this.
 */
export function readChoices({ values }: FormState, catalog: Catalog): ReadChoices {
  const isChecked = (block: string, action: string) =>
    (values[block]?.[action]?.selected_options ?? []).length > 0;
  const involvement = readInvolvement({ values });
  const seen = readVisibility({ values });
  const isLocked = catalog !== 'AWS' || isChecked(BLOCK.lock, ACTION.lock);
  if (involvement !== undefined && seen !== undefined && isLocked) {
    const anyway = Object.keys(values).find((block) => block.startsWith(BLOCK.anyway));
    return {
      ok: true,
      choices: { involvementType: involvement, visibility: seen },
      anyway: anyway !== undefined && isChecked(anyway, ACTION.anyway),
      anywayBlock: anyway ?? BLOCK.involvementType,
    };
  }
  return {
    ok: false,
    errors: {
      ...(involvement === undefined ? { [BLOCK.involvementType]: words.involvementMissing } : {}),
      ...(seen !== undefined ? {} : { [BLOCK.visibility]: words.visibilityMissing }),
      ...(isLocked ? {} : { [BLOCK.lock]: words.lockMissing }),
    },
  };
}

/** The involvement that is chosen now, for one or for all. */
export function readInvolvement({ values }: FormState): InvolvementType | undefined {
  const block = values[BLOCK.involvementType];
  return involvementType.safeParse(
    chosenIn(block?.[ACTION.involvementType] ?? block?.[ACTION.involvementOfAll]),
  ).data;
}

/** The visibility that is chosen now, for one or for all. */
export function readVisibility({ values }: FormState): Visibility | undefined {
  const block = values[BLOCK.visibility];
  return visibility.safeParse(chosenIn(block?.[ACTION.visibility] ?? block?.[ACTION.visibilityOfAll])).data;
}

/** In a form for several: what is chosen now for the rows that differ from the others. */
export function readExceptions({ values }: FormState): BatchChoices['exceptions'] {
  const rows = Object.entries(values).flatMap(([block, inputs]): [string, Exception][] => {
    const [name, id = ''] = block.split(' ');
    const opportunityId = parseOpportunityId(id);
    const chosen = exception.safeParse(chosenIn(inputs[ACTION.exception]));
    return name === BLOCK.exception && opportunityId !== undefined && chosen.success
      ? [[opportunityId, chosen.data]]
      : [];
  });
  return new Map(rows);
}

const chosenIn = (input: InputState | undefined): string | undefined => input?.selected_option?.value;
