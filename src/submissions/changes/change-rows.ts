import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { ChangeDraftTable, ChangeTable } from '../../database/schema.ts';
import {
  CHANGE_STATES,
  type Change,
  type ChangeDraft,
  changeProblemSchema,
  DOORS,
  type Shown,
  type TypedFields,
} from './change.ts';

const catalog = z.enum(['AWS', 'Sandbox']);
const door = z.enum(DOORS);
const state = z.enum(CHANGE_STATES);
const shown = z.record(z.string(), z.string());
const typed = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

const of = (row: Selectable<ChangeDraftTable> | Selectable<ChangeTable>) => ({
  id: row.id,
  teamId: row.team_id,
  userId: row.user_id,
  channelId: row.channel_id,
  threadTs: row.thread_ts ?? undefined,
  responseUrl: row.response_url ?? undefined,
  catalog: catalog.parse(row.catalog),
  opportunityId: row.opportunity_id,
  lastModifiedDate: row.last_modified_date,
  nationalSecurity: row.national_security === 1,
  door: door.parse(row.door),
  shown: new Map(Object.entries(shown.parse(JSON.parse(row.shown)))),
});

/** @throws ZodError where the row holds what this version doesn't know. */
export const changeDraftOf = (row: Selectable<ChangeDraftTable>): ChangeDraft => ({
  ...of(row),
  createdAt: new Date(row.created_at),
});

/** @throws ZodError where the row holds what this version doesn't know. */
export const changeOf = (row: Selectable<ChangeTable>): Change => ({
  ...of(row),
  draftId: row.draft_id,
  fields: z.array(z.string()).parse(JSON.parse(row.fields)),
  typed: row.typed === null ? undefined : new Map(Object.entries(typed.parse(JSON.parse(row.typed)))),
  updated: row.updated === 1,
  state: state.parse(row.state),
  requestedAt: new Date(row.requested_at),
  sendingAt: row.sending_at === null ? undefined : new Date(row.sending_at),
  changedAt: new Date(row.changed_at),
  problem: row.problem === null ? undefined : changeProblemSchema.parse(JSON.parse(row.problem)),
  requestId: row.request_id ?? undefined,
  dueAt: row.due_at === null ? undefined : new Date(row.due_at),
  tries: row.tries,
  attempt: row.attempt,
});

/** A map as a column holds it. */
export const mapText = (map: Shown | TypedFields): string => JSON.stringify(Object.fromEntries(map));

/** Who wants to change what, from where, as the columns of both tables hold it. */
export const askedColumns = (draft: ChangeDraft) => ({
  team_id: draft.teamId,
  user_id: draft.userId,
  channel_id: draft.channelId,
  thread_ts: draft.threadTs ?? null,
  response_url: draft.responseUrl ?? null,
  catalog: draft.catalog,
  opportunity_id: draft.opportunityId,
  last_modified_date: draft.lastModifiedDate,
  national_security: draft.nationalSecurity ? 1 : 0,
  door: draft.door,
});
