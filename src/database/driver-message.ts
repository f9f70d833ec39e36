/** What went wrong, in the driver's words. */
export function messageOf(error: unknown): string {
  // Where a name has several addresses, and each was tried.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
