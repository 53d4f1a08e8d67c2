/** Whether a text has the form in which PostgreSQL writes a uuid; asking it for anything else is an error of the database, not an empty answer. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
