import type { BlockAction } from '@slack/bolt';
import { type Catalog, INVOLVEMENTS, VISIBILITIES } from '../aws/terms.ts';
import type { Choices } from '../forms/form.ts';
import type { Who } from '../permissions.ts';
import type { BatchChosen } from '../submissions/batch-choices.ts';
import { type BatchRow, idIn } from './forms/batch-rows.ts';
import { ACTION, BLOCK } from './ids.ts';
import { answerAddress } from './posting.ts';

/* What Slack hands in, read: who acts and where, and what a form holds. */

/** Who asks for a form or a view, and from where. */
export interface Origin {
  readonly triggerId: string;
  readonly who: Who;
  readonly channelId: string;
  /** The thread in which the outcome belongs; none: in the channel itself. */
  readonly threadTs?: string | undefined;
  /** Where the person can be answered, by `answerAddress`. */
  readonly responseUrl: string | undefined;
}

/** What a form is to be about. */
export interface About {
  readonly opportunityId: string;
  /** Of the record whose button was pressed; none: the catalog in which the bot works. */
  readonly catalog?: Catalog;
  readonly choices?: Choices | undefined;
  /** Where the outcome belongs, if that isn't where the form was asked for. */
  readonly channelId?: string;
  readonly threadTs?: string | undefined;
  /** The batch that a submission would belong to. */
  readonly batchId?: string | undefined;
}

/**
 * Where the outcome belongs: where it was asked for, unless `about` says otherwise. A response_url answers in the channel it
 * came from, for everybody there to see: for another channel there is none.
 */
export function destinationOf(origin: Origin, about: About | undefined) {
  const channelId = about?.channelId ?? origin.channelId;
  return {
    channelId,
    threadTs: about?.threadTs ?? origin.threadTs,
    responseUrl: channelId === origin.channelId ? origin.responseUrl : undefined,
  };
}

/** Who pressed a button, and where. */
export const originOf = (body: BlockAction): Origin => ({
  triggerId: body.trigger_id,
  who: whoOf(body),
  channelId: body.channel?.id ?? '',
  responseUrl: answerAddress(body),
});

/**
 * The person of an interaction. `team` is where they are (null where the app is installed for the organisation),
 * `user.team_id` where they are at home, which may be another workspace of it (slackapi/bolt-js#1875) or a stranger's.
 */
export function whoOf(body: {
  readonly user: { readonly id: string; readonly team_id?: string };
  readonly team?: { readonly id: string } | null;
}): Who {
  return { userId: body.user.id, teamId: body.user.team_id ?? body.team?.id ?? '' };
}

/** What Slack sends of a view's inputs. "View submission payloads", https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export type FormState = StateOf<InputState> | undefined;

/** Slack's own samples hold a state without values, `{}`, where a view has no inputs. */
export interface StateOf<Input> {
  readonly values?: Values<Input>;
}

type Values<Input> = Readonly<Record<string, Readonly<Record<string, Input>>>>;

/** The inputs of a state by block_id and action_id; what is missing of it is an input that says nothing. */
export function valuesOf<Input>(state: StateOf<Input> | undefined): Values<Input> {
  const blocks = Object.entries(state?.values ?? {});
  return Object.fromEntries(blocks.filter(([, inputs]) => typeof inputs === 'object' && inputs !== null));
}

export interface InputState {
  readonly selected_option?: { readonly value?: string } | null;
  readonly selected_options?: readonly { readonly value?: string }[] | null;
}

/** The choices as they were sent, or what is wrong with them, by block. */
type ReadChoices =
  | {
      readonly ok: true;
      readonly choices: Choices;
      /** The person wants it submitted in spite of what readiness found. */
      readonly anyway: boolean;
      /** The block to say something about that at: a form that was sent before it could ask hasn't got one. */
      readonly anywayBlock: string;
    }
  | { readonly ok: false; readonly errors: Record<string, string> };

const CHOICE_MISSING = 'Please choose one.';
const LOCK_MISSING = "Please confirm: it's locked, and can't be withdrawn.";

/**
 * Reads the choices in a form that was sent, for one or for several. Slack checks required inputs too; a request that didn't
 * come from our form doesn't get past this. `lock`: the block of the form's confirmation.
 */
export function readChoices(state: FormState, catalog: Catalog, lock: string = BLOCK.lock): ReadChoices {
  const values = valuesOf(state);
  const isChecked = (block: string, action: string) =>
    (values[block]?.[action]?.selected_options ?? []).length > 0;
  const involvement = readInvolvement(state);
  const seen = readVisibility(state);
  const isLocked = catalog !== 'AWS' || isChecked(lock, ACTION.lock);
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
      ...(involvement === undefined ? { [BLOCK.involvementType]: CHOICE_MISSING } : {}),
      ...(seen !== undefined ? {} : { [BLOCK.visibility]: CHOICE_MISSING }),
      ...(isLocked ? {} : { [lock]: LOCK_MISSING }),
    },
  };
}

/** Whether a form asks how to submit at all. */
export const asksToSubmit = (state: FormState): boolean =>
  Object.hasOwn(valuesOf(state), BLOCK.involvementType);

const choiceOf =
  <Value extends string>(values: readonly Value[], block: string, actions: readonly string[]) =>
  (state: FormState): Value | undefined => {
    const inputs = valuesOf(state)[block];
    const [chosen] = actions.flatMap((action) => inputs?.[action]?.selected_option?.value ?? []);
    return values.find((value) => value === chosen);
  };

/** The involvement that is chosen now, for one or for all. */
export const readInvolvement = choiceOf(INVOLVEMENTS, BLOCK.involvementType, [
  ACTION.involvementType,
  ACTION.involvementOfAll,
]);

/** The visibility that is chosen now, for one or for all. */
export const readVisibility = choiceOf(VISIBILITIES, BLOCK.visibility, [
  ACTION.visibility,
  ACTION.visibilityOfAll,
]);

/** In a form for several: what is chosen now of each row that it shows. */
export function readRows(state: FormState, rows: readonly BatchRow[]): BatchChosen['rows'] {
  const inputs = Object.values(valuesOf(state));
  const chosen = (action: string) =>
    new Set(
      inputs.flatMap(({ [action]: input }) =>
        (input?.selected_options ?? []).map(({ value }) => idIn(value ?? '')),
      ),
    );
  const deals = chosen(ACTION.deals);
  const anyway = chosen(ACTION.anywayOfSome);
  const coSell = chosen(ACTION.insteadCoSell);
  const visibilityOnly = chosen(ACTION.insteadVisibilityOnly);
  return new Map(
    rows.map(({ opportunityId: id, isListed }) => [
      id,
      {
        isWanted: (isListed ? deals : anyway).has(id),
        anyway: anyway.has(id),
        involvementType: coSell.has(id)
          ? 'Co-Sell'
          : visibilityOnly.has(id)
            ? 'For Visibility Only'
            : undefined,
      },
    ]),
  );
}
