// Passkeys: the browser speaks in bytes, the interface in base64url.
import { api } from './client';
import type { PasskeyAnswer, PasskeyMade, PasskeyQuestion, Session, SignedIn } from './types';

export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, letter => letter.charCodeAt(0));
}

export function toBase64url(bytes: ArrayBuffer | Uint8Array): string {
  let binary = '';
  for (const byte of new Uint8Array(bytes)) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export const passkeysWork = typeof window !== 'undefined' && typeof window.PublicKeyCredential === 'function';

interface Described {
  id: string;
  type: 'public-key';
  transports?: AuthenticatorTransport[];
}

// What a question has, by WebAuthn; the contract leaves it open.
interface RequestJson {
  publicKey: Omit<PublicKeyCredentialRequestOptions, 'challenge' | 'allowCredentials'> & {
    challenge: string;
    allowCredentials?: Described[];
  };
}

interface CreationJson {
  publicKey: Omit<PublicKeyCredentialCreationOptions, 'challenge' | 'user' | 'excludeCredentials'> & {
    challenge: string;
    user: { id: string; name: string; displayName: string };
    excludeCredentials?: Described[];
  };
}

const inBytes = (one: Described) => ({ ...one, id: fromBase64url(one.id) });

// The person declined, or took too long: not an error to shout about.
export class PasskeyDeclined extends Error {}

async function declined<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError'))
      throw new PasskeyDeclined();
    throw error;
  }
}

export async function provePasskey(): Promise<PasskeyAnswer> {
  const { publicKey } = (await api.post<PasskeyQuestion>('/v1/session/passkey/begin')) as RequestJson;
  const options: PublicKeyCredentialRequestOptions = {
    ...publicKey,
    challenge: fromBase64url(publicKey.challenge),
    allowCredentials: (publicKey.allowCredentials ?? []).map(inBytes),
  };
  const made = (await declined(navigator.credentials.get({ publicKey: options }))) as PublicKeyCredential;
  const answer = made.response as AuthenticatorAssertionResponse;
  return {
    id: toBase64url(made.rawId),
    clientDataJSON: toBase64url(answer.clientDataJSON),
    authenticatorData: toBase64url(answer.authenticatorData),
    signature: toBase64url(answer.signature),
    userHandle: answer.userHandle ? toBase64url(answer.userHandle) : null,
  };
}

export async function signInWithPasskey(): Promise<void> {
  await api.post<SignedIn, PasskeyAnswer>('/v1/session/passkey/finish', await provePasskey());
}

export async function addPasskey(name: string): Promise<void> {
  const { publicKey } = (await api.post<PasskeyQuestion>('/v1/me/passkeys/begin')) as CreationJson;
  const options: PublicKeyCredentialCreationOptions = {
    ...publicKey,
    challenge: fromBase64url(publicKey.challenge),
    user: { ...publicKey.user, id: fromBase64url(publicKey.user.id) },
    excludeCredentials: (publicKey.excludeCredentials ?? []).map(inBytes),
  };
  const made = (await declined(navigator.credentials.create({ publicKey: options }))) as PublicKeyCredential;
  const answer = made.response as AuthenticatorAttestationResponse;
  await api.post<Session, PasskeyMade>('/v1/me/passkeys/finish', {
    name,
    id: toBase64url(made.rawId),
    clientDataJSON: toBase64url(answer.clientDataJSON),
    attestationObject: toBase64url(answer.attestationObject),
  });
}
