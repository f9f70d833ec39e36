/** An opportunity, whoever submitted it: what AWS says of it, and who works on it here. Of the deal nothing else. */
export interface OpportunityTable {
  id: string;
  catalog: string;
  /** AWS's. */
  opportunity_id: string;
  /** When this bot first knew of it. */
  seen_at: string;
  /** Null: nothing was read that holds, as right after AWS has accepted a submission. */
  review_status: string | null;
  /** When the read began that this is from. */
  review_read_at: string | null;
  /** AWS's `LastModifiedDate` in that read, as an ISO 8601 text of ours. */
  review_modified_at: string | null;
  /** When the status became this one; null: before this bot looked. */
  review_changed_at: string | null;
  stage: string | null;
  /** `YYYY-MM-DD`, as AWS writes it. */
  target_close_date: string | null;
  /** 1 where a whole read, or the form of a request, said so. */
  national_security: number;
  /** Who took it on here that was submitted elsewhere, and where; null: nobody. */
  owner_team_id: string | null;
  owner_user_id: string | null;
  owner_channel_id: string | null;
  owner_thread_ts: string | null;
  owned_at: string | null;
  /** The request that stands for it, by the rule of `placeOf`; null: none, it was submitted elsewhere. */
  submission_id: string | null;
  /** Whose it is: who asked for that submission, else the owner. */
  user_id: string | null;
  /** A `Part`. */
  part: string;
  /** Since when it is there: asked for, taken on, or first seen. */
  since: string;
  /** When AWS decided it, as far as is known; null: it hasn't, or before this bot looked. */
  decided_at: string | null;
  /** When AWS's people on it are looked for next; null: not, or no more. Who they are isn't kept. */
  team_due_at: string | null;
  /** When the first were seen. */
  team_seen_at: string | null;
}

/** Append-only: how AWS's review went, and who took the opportunity on. */
export interface OpportunityEventTable {
  record_id: string;
  sequence: number;
  at: string;
  /** A Slack user ID, or `bot`, or `aws`. */
  actor: string;
  /** `review`, or `owner`. */
  what: string;
  from_review_status: string | null;
  to_review_status: string | null;
  request_id: string | null;
}
