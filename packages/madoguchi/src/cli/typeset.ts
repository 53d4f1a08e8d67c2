/** The typesetter, in a file of its own: the installed client has none and puts a refusal in words in this place. */
export { typeset } from '@madoguchi/agency';
