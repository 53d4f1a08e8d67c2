/** Pages and what they are made of. */
export { type AssetName, assetPath, styleSheet, uiRoutes } from '../assets.js';
export { Button, ButtonRow } from '../components/button.js';
export { CheckboxGroup, RadioGroup } from '../components/choices.js';
export {
  ConfirmationPanel,
  Details,
  H2,
  LinkList,
  Notice,
  P,
  Steps,
  SummaryList,
} from '../components/content.js';
export { ErrorSummary, type FieldError, fieldId } from '../components/errors.js';
export { Field, FieldGroup, Requirement } from '../components/field.js';
export { FileInput, PasswordInput, Select, TextInput } from '../components/inputs.js';
export { ProgressList } from '../components/progress-list.js';
export { type LightState, StatusLight } from '../components/status-light.js';
export { Table } from '../components/table.js';
export { bodyFor, type Compressed, compressed } from '../compressed.js';
export { ErrorPage, type ErrorStatus, installErrorPages } from '../error-pages.js';
export { calendarFile, calendarMoment, calendarText } from '../icalendar.js';
export { LoginDonePage, LoginFailedPage, LoginForm, OpenAgentPage } from '../login/pages.js';
export { operations } from '../operations.js';
export { clientAddress } from '../pace/client-address.js';
export { paced } from '../pace/paced.js';
export { type Rate, type RateLimiter, rateLimiter } from '../pace/rate-limit.js';
export { type Contact, Page, type PageProps } from '../page.js';
export {
  defaultPreferences,
  linkTo,
  type Preferences,
  preferencesQuery,
  readPreferences,
} from '../preferences.js';
export { sameOriginPosts } from '../same-origin-posts.js';
export { securityHeaders } from '../security-headers.js';
export { InWordsOf, T, useRegister, useWords } from '../text.js';
