/** Whether a read shows an older state of the opportunity than the one that is known. */
export function isOlder(
  read: { readonly modifiedAt: string | undefined; readonly readAt: string },
  known: { readonly review_modified_at: string | null; readonly review_read_at: string | null },
): boolean {
  if (read.modifiedAt !== undefined && known.review_modified_at !== null) {
    if (read.modifiedAt !== known.review_modified_at) return read.modifiedAt < known.review_modified_at;
  }
  // A review may leave LastModifiedDate alone: then it counts which read began later.
  return known.review_read_at !== null && read.readAt < known.review_read_at;
}

/** A moment of AWS's in the form in which text order is time order; undefined where it isn't one. */
export function momentText(moment: string | undefined): string | undefined {
  const at = Date.parse(moment ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
