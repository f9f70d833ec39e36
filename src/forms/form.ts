import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import {
  CATALOGS,
  type Catalog,
  EDITABLE_STATUSES,
  type EditableStatus,
  INVOLVEMENTS,
  VISIBILITIES,
} from '../aws/terms.ts';
import type { Database, FormTable, RequesterColumns } from '../database/schema.ts';
import {
  findingOf,
  findingsFor,
  forEachChoice,
  isRuleName,
  type Readiness,
} from '../opportunities/readiness.ts';
import type { Who } from '../permissions.ts';

const ruleNames = z.array(z.string());
const storedInvolvements = z.object({
  undecided: ruleNames,
  'Co-Sell': ruleNames,
  'For Visibility Only': ruleNames,
});
const storedReadiness = z.object({ Full: storedInvolvements, Limited: storedInvolvements });

/** What a form keeps: the names of the rules, for each choice. */
export const readinessText = (readiness: Readiness): string =>
  JSON.stringify(
    forEachChoice((chosen) => findingsFor(readiness, chosen).map(({ rule }) => rule)) satisfies z.input<
      typeof storedReadiness
    >,
  );

/** Reads what `readinessText` wrote; a rule that this version doesn't know is left out. */
export function readinessFrom(text: string, catalog: Catalog): Readiness {
  const read = storedReadiness.parse(JSON.parse(text));
  return forEachChoice(({ involvementType, visibility }) =>
    read[visibility][involvementType ?? 'undecided']
      .filter(isRuleName)
      .flatMap((rule) => findingOf(rule, catalog)),
  );
}

/** Who asked, and where the answer belongs. */
export interface Requester {
  readonly teamId: string;
  readonly userId: string;
  readonly channelId: string;
  /** The thread there in which the outcome belongs, by Slack's ts; undefined: in the channel itself. */
  readonly threadTs: string | undefined;
  /** Of the command or button that it began with: answers there where the bot can't post. A secret: never logged. */
  readonly responseUrl: string | undefined;
  readonly catalog: Catalog;
}

export const choicesSchema = z.object({
  involvementType: z.enum(INVOLVEMENTS),
  visibility: z.enum(VISIBILITIES),
});
/** What a person asked for in the modal. */
export type Choices = Readonly<z.infer<typeof choicesSchema>>;

/** What a form for editing a deal showed. */
export interface Editing {
  /** AWS's review status then: it lets the deal be edited, and says which fields. */
  readonly status: EditableStatus;
  /**
   * The response_url that answers whoever edits, perhaps in another channel than the one where a submission's outcome
   * belongs. A secret: never logged.
   */
  readonly answerUrl?: string | undefined;
  /** Fingerprints of what the form showed, by AWS's path: see `stampOf`. No value of the deal. */
  readonly shown: ReadonlyMap<string, string>;
}

/** What a view of ours was opened for, by whom, where, and what it showed. Every request refers to one. */
export interface Form extends Requester {
  readonly id: string;
  readonly createdAt: Date;
  /** Unknown until the person has said which. */
  readonly opportunityId: string | undefined;
  /** Choices kept from an earlier try. */
  readonly choices: Choices | undefined;
  /** The batch that a submission from it belongs to; undefined: it stands alone. */
  readonly batchId: string | undefined;
  /** AWS's `LastModifiedDate`, unchanged, of what was shown. Unknown until a deal was shown. */
  readonly lastModifiedDate: string | undefined;
  /** AWS redacts such deals: nothing but their ID is shown in a message. */
  readonly nationalSecurity: boolean;
  /** What readiness found in the deal that was shown for submitting it. */
  readonly readiness: Readiness | undefined;
  /** Undefined: it isn't for editing the deal. */
  readonly editing: Editing | undefined;
}

/** A form that showed a deal. */
export type ShownForm = Form & { readonly opportunityId: string; readonly lastModifiedDate: string };

/** What a request is made from: who asked for which deal as it was shown, with which form, and where the outcome belongs. */
export type Asked = Requester &
  Pick<ShownForm, 'id' | 'opportunityId' | 'lastModifiedDate' | 'nationalSecurity' | 'batchId'>;

/** A form that showed a deal to be edited. */
export type EditForm = ShownForm & { readonly editing: Editing };

/** Whether it showed a deal. */
export const isShown = (form: Form): form is ShownForm =>
  form.opportunityId !== undefined && form.lastModifiedDate !== undefined;

/** Whether it showed a deal to be edited. */
export const isEditForm = (form: Form): form is EditForm => isShown(form) && form.editing !== undefined;

/** What a form is opened for. */
export interface FormRequest extends Omit<Requester, 'teamId' | 'userId' | 'catalog'> {
  readonly formId: string;
  readonly who: Who;
  readonly opportunityId: string | undefined;
  readonly choices?: Choices | undefined;
  readonly batchId?: string | undefined;
}

/** A new form, which shows nothing of a deal yet. `userId`: the ID by which records have the person. */
export const newForm = (
  { formId, who, channelId, threadTs, responseUrl, opportunityId, choices, batchId }: FormRequest,
  { catalog, createdAt, userId }: Pick<Form, 'catalog' | 'createdAt' | 'userId'>,
): Form => ({
  id: formId,
  createdAt,
  teamId: who.teamId,
  userId,
  channelId,
  threadTs,
  responseUrl,
  catalog,
  opportunityId,
  choices,
  batchId,
  lastModifiedDate: undefined,
  nationalSecurity: false,
  readiness: undefined,
  editing: undefined,
});

const catalog = z.enum(CATALOGS);
const editing = z.object({
  status: z.enum(EDITABLE_STATUSES),
  answerUrl: z.string().optional(),
  shown: z.record(z.string(), z.string()).transform((shown) => new Map(Object.entries(shown))),
});

/** @throws ZodError where the row holds what this version doesn't know. */
export const requesterOf = (row: RequesterColumns): Requester => ({
  teamId: row.team_id,
  userId: row.user_id,
  channelId: row.channel_id,
  threadTs: row.thread_ts ?? undefined,
  responseUrl: row.response_url ?? undefined,
  catalog: catalog.parse(row.catalog),
});

/** The same as columns, which every table with a request in it has. */
export const requesterColumns = (requester: Requester): RequesterColumns => ({
  team_id: requester.teamId,
  user_id: requester.userId,
  channel_id: requester.channelId,
  thread_ts: requester.threadTs ?? null,
  response_url: requester.responseUrl ?? null,
  catalog: requester.catalog,
});

/** @throws ZodError where the row holds what this version doesn't know. */
function formOf(row: Selectable<FormTable>): Form {
  const requester = requesterOf(row);
  return {
    ...requester,
    id: row.id,
    createdAt: new Date(row.created_at),
    opportunityId: row.opportunity_id ?? undefined,
    choices: choicesSchema.safeParse({ involvementType: row.involvement_type, visibility: row.visibility })
      .data,
    batchId: row.batch_id ?? undefined,
    lastModifiedDate: row.last_modified_date ?? undefined,
    nationalSecurity: row.national_security === 1,
    readiness: row.readiness === null ? undefined : readinessFrom(row.readiness, requester.catalog),
    editing: row.editing === null ? undefined : editing.parse(JSON.parse(row.editing)),
  };
}

/** A form as its row holds it. */
const formRow = (form: Form): Insertable<FormTable> => ({
  ...requesterColumns(form),
  id: form.id,
  created_at: form.createdAt.toISOString(),
  opportunity_id: form.opportunityId ?? null,
  involvement_type: form.choices?.involvementType ?? null,
  visibility: form.choices?.visibility ?? null,
  batch_id: form.batchId ?? null,
  last_modified_date: form.lastModifiedDate ?? null,
  national_security: form.nationalSecurity ? 1 : 0,
  readiness: form.readiness === undefined ? null : readinessText(form.readiness),
  editing:
    form.editing === undefined
      ? null
      : JSON.stringify({ ...form.editing, shown: Object.fromEntries(form.editing.shown) }),
});

/** The queries of the forms: what each was opened for, by whom, where, and what it showed. */
export function createForms({ db }: { db: Database }) {
  return {
    /** Keeps what a form shows now, in place of what it showed before. */
    async saveForm(form: Form): Promise<void> {
      const { id, ...row } = formRow(form);
      await db
        .insertInto('forms')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    async form(id: string): Promise<Form | undefined> {
      const row = await db.selectFrom('forms').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : formOf(row);
    },

    /** Keeps what a form for several shows, in place of what it showed before. A millisecond apart, so that they keep their order. */
    async saveBatchForms(batchId: string, forms: readonly Form[]): Promise<void> {
      await db.transaction().execute(async (tx) => {
        await tx.deleteFrom('forms').where('batch_id', '=', batchId).execute();
        if (forms.length === 0) return;
        const rows = forms.map((form, index) =>
          formRow({ ...form, batchId, createdAt: new Date(form.createdAt.getTime() + index) }),
        );
        await tx.insertInto('forms').values(rows).execute();
      });
    },

    /** What a form for several shows, in its order. */
    async batchForms(batchId: string): Promise<readonly Form[]> {
      const rows = await db
        .selectFrom('forms')
        .selectAll()
        .where('batch_id', '=', batchId)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(formOf);
    },

    /** The IDs of a person's forms since then, the newest first: their views have these names. */
    async formsOf(userId: string, since: Date): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('forms')
        .select('id')
        .where('user_id', '=', userId)
        .where('created_at', '>=', since.toISOString())
        .orderBy('created_at', 'desc')
        .execute();
      return rows.map(({ id }) => id);
    },

    /** Who has opened a form since then. */
    async formsSince(since: Date): Promise<readonly Who[]> {
      return db
        .selectFrom('forms')
        .select(['user_id as userId', 'team_id as teamId'])
        .distinct()
        .where('created_at', '>=', since.toISOString())
        .execute();
    },

    /** Forgets the forms opened before `before`: whatever came of them has its own record. */
    async forgetForms(before: Date): Promise<void> {
      await db.deleteFrom('forms').where('created_at', '<', before.toISOString()).execute();
    },
  };
}
