const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|)$/;

/**
 * Whether nobody on the way to the server of a `DATABASE_URL` could read along: it is this machine (or a socket in its
 * file system). Or it says by name that the way needs no TLS (`sslmode=disable`).
 */
export function isLocalOrPlainByName(url: string): boolean {
  const read = URL.parse(url);
  const host = read?.searchParams.get('host') ?? read?.hostname ?? '';
  return LOCAL.test(host) || host.startsWith('/') || read?.searchParams.get('sslmode') === 'disable';
}

/** The same, or it asks for TLS. Every other `sslmode` that PostgreSQL's driver takes checks the certificate. */
export const saysHowItIsProtected = (url: string): boolean =>
  isLocalOrPlainByName(url) || URL.parse(url)?.searchParams.has('sslmode') === true;
