import { DOMParser, type Document } from '@xmldom/xmldom';

/** Strict: throws on anything that is not well-formed. U+FFFD, which stands for what may not be shown, is. */
export function parseXml(text: string): Document {
  return new DOMParser({
    onError: (_level, message) => {
      if (!message.startsWith('Unicode replacement character')) throw new Error(message);
    },
  }).parseFromString(text, 'application/xml');
}

/** Names of all elements, each once, sorted. */
export function elements(document: Document): string[] {
  return [...new Set(Array.from(document.getElementsByTagName('*'), (element) => element.tagName))].sort();
}

/** All attributes of all elements. */
export function attributes(document: Document): { name: string; value: string }[] {
  return Array.from(document.getElementsByTagName('*')).flatMap((element) =>
    Array.from(element.attributes, ({ name, value }) => ({ name, value })),
  );
}
