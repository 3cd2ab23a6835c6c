/** A name as PostgreSQL reads it whatever it holds: quotes doubled, between quotes. */
export function quoteIdentifier(name: string): string {
  refuseControls(name);
  return `"${name.replace(/"/g, '""')}"`;
}

/** A text as PostgreSQL reads it whatever it holds. */
export function quoteLiteral(text: string): string {
  refuseControls(text);
  const quoted = `'${text.replace(/'/g, "''")}'`;
  // A backslash is itself only in texts that say how they are written.
  return text.includes('\\') ? `E${quoted.replace(/\\/g, '\\\\')}` : quoted;
}

/** Control characters would end psql's lines; PostgreSQL itself refuses the first of them. */
function refuseControls(name: string): void {
  if (name === '' || /\p{Cc}/u.test(name)) {
    throw new Error(
      `PostgreSQL name ${JSON.stringify(name)}: empty or with control characters; allowed are printable characters; rename it`,
    );
  }
}
