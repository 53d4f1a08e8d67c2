-- Who works on a case, as its newest assignment says. Only they decide it; somebody else takes it over first, and that is an action too.
alter table cases add column assigned_to text;
