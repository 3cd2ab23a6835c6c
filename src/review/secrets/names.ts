/** Words by which people call what nobody may read. */
const words =
  /pass(word|wd|phrase|code)|(^|[^a-z])(pass|pwd|pw|pin|otp|jwt|dsn|sas|psk|salt)([^a-z]|$)|secret|token|credential|bearer|cookie|htpasswd|pgpass|netrc|kubeconfig|dockerconfig|(^|[^a-z])auth([^a-z]|$)|authorization|webhook_?url|conn(ection)?[._-]?str(ing)?|(api|access|private|encryption|signing|fernet|master|storage|account|shared|ssh|service|session|license|admin|root|client|server|hmac|cipher|crypt)[._-]?key([^a-z]|$)/i;

/** Endings by which a name says where a secret is, or something else of it, and not what it is. */
const about =
  /([_.-]?(names?|refs?|ids?|file|files|path|dir|policy|policies|seconds|expiration|expiry|ttl|type|length|version|versions|manager|enabled|disabled|rotation|namespace|mount|class|provider|store|format|count|size|algorithm|audience|issuer|endpoint|host|user|username|email|annotations|labels|selector|url|uri|required|mode|method|scopes?|header|prefix|reviewer|accessor|period|duration|template|pattern)|(password|token|secret)s?[_-]?names?|passwordKey|tokenKey|imagePullSecrets?|automountServiceAccountToken)$/i;

/** Whether the name of a setting says that its value may be read by nobody. */
export function isSecretName(name: string): boolean {
  const plain = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  if (!words.test(plain)) return false;
  return !about.test(name) || /webhook_?url$/i.test(name);
}

/** What stands in the place of a secret and is none: another variable, a path, a reference, nothing. */
export function isReference(text: string): boolean {
  return (
    text.trim() === '' ||
    /^(true|false|null|none|yes|no|\*+|\(masked\)|<[^<>]*>|\{\{.*\}\})$/is.test(text) ||
    /^\$(\w+|\(\w+\)|\{[^{}]*\})$/.test(text) ||
    /^(projects\/[\w.-]+\/(secrets|locations)\/|\/[\w.-]+(\/[\w.-]+)*\/?$|(vault|secret|sm|gcp|aws|ref\+\w+):(\/\/)?[\w./-]+$|(op|arn|file):)/.test(
      text,
    )
  );
}
