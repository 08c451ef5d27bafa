import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Admits one browser: a single-use token in the entry address is exchanged for a session cookie. */
export interface SessionTicket {
  /** 32 random bytes, base64url: travels once in the entry address. */
  readonly token: string;
  /** Takes the token: the session secret the first time, null for a wrong or used one. */
  redeem(token: string): string | null;
  /** Whether `secret` is the one that was given for the token. */
  admits(secret: string): boolean;
}

/** Issues a fresh ticket; comparisons take the same time wherever the texts differ. */
export function createSessionTicket(): SessionTicket {
  const token = randomBytes(32).toString('base64url');
  const secret = randomBytes(32).toString('base64url');
  let used = false;
  return {
    token,
    redeem(offered) {
      if (!equal(offered, token) || used) return null;
      used = true;
      return secret;
    },
    admits: (offered) => equal(offered, secret) && used,
  };
}

/** Hashing first gives both sides the same length, so the length is no hint either. */
function equal(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
