/** Where the records stand, so that it is noticed when they were set back: one row, from the first start on. */
export interface LineageTable {
  id: number;
  /** PostgreSQL's system identifier and timeline; null: SQLite, or the server doesn't say. */
  cluster: string | null;
  timeline: string | null;
  /** In a copy that `npm run backup` made: when. Null once a bot has started on it. */
  copied_at: string | null;
  /** When it was noticed last that the records had been set back, and whether by a `failover` or a `restore`. */
  set_back_at: string | null;
  set_back_by: string | null;
}
