import { unreachable } from '../../shared/state-machine.ts';
import type { AccountLetter, Block, Letter } from './letter.ts';
import { oneLine } from './one-line.ts';

/** A letter as plain text, with everything that the HTML says. */
export const letterText = (letter: Letter | AccountLetter): string =>
  `${[
    letter.heading.toUpperCase(),
    letter.greeting,
    ...(letter.event === null ? [] : about(letter)),
    ...letter.blocks.map(blockText),
    `-- \n${letter.footer}`,
  ].join('\n\n')}\n`;

const about = ({ event, reference }: Letter): string[] => [
  [event.title, event.day, event.time, event.venue, event.address]
    .filter((line) => line !== null && line !== '')
    .join('\n'),
  ...(reference === null ? [] : [`Booking reference: ${reference}`]),
];

const blockText = (block: Block): string => {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'note':
      return `* ${block.text}`;
    case 'link':
      return `${block.text}: ${block.url}`;
    case 'code':
      return `    ${block.code}`;
    case 'list':
      return [`${block.title}:`, ...block.items.map((item) => `- ${item}`)].join('\n');
    case 'quote':
      return [`${block.title}:`, ...block.lines.map((line) => `> ${line}`)].join('\n');
    case 'tickets':
      return block.tickets
        .map(({ label, typeName, attendeeName, code }, i) =>
          [
            `Ticket ${i + 1} of ${block.tickets.length}: ${oneLine(label)}`,
            oneLine(typeName),
            ...(attendeeName === null ? [] : [`For ${oneLine(attendeeName)}`]),
            `Code: ${code}`,
          ].join('\n'),
        )
        .join('\n\n');
    case 'prices':
      return [
        ...block.lines.map(({ what, each, sum }) =>
          each === null ? `${what}: ${sum}` : `${what} at ${each} = ${sum}`,
        ),
        `Total: ${block.total}`,
      ].join('\n');
    default:
      return unreachable(block);
  }
};
