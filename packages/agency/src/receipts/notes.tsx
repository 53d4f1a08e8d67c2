import { Notice, P, T, type Words } from '@madoguchi/ui';
import { texts } from './texts.js';

/** What reception found in the files, above the receipt: each by its name, with what to do. */
export function FilesNote({ told, withdrawal }: { told: readonly Words[]; withdrawal: string | undefined }) {
  if (told.length === 0) return null;
  return (
    <Notice kind="check" title={texts.filesTitle}>
      <ul>
        {told.map((words) => (
          <li>
            <T w={words} />
          </li>
        ))}
      </ul>
      {withdrawal === undefined ? null : (
        <>
          <P w={texts.filesNext} />
          <p>
            <a href={withdrawal}>
              <T w={texts.filesAgain} />
            </a>
          </p>
        </>
      )}
    </Notice>
  );
}
