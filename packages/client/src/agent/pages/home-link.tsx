import { LinkList } from '@madoguchi/ui';
import { w } from '../../client-words.js';

const back = w('署名クライアントの初めのページ', 'はじめの ページ', 'Start page of the agent');

/** The way back, at the foot of what the agent's start page leads to. */
export function HomeLink({ href }: { href: string }) {
  return <LinkList links={[{ href, label: back }]} />;
}
