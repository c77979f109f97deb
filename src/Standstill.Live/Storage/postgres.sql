-- The tables of live processing, and the queries that Orleans' ADO.NET providers ask for by name (Orleans 10: the tables' form is free, the
-- names of queries, parameters and result columns are the providers' contract). Applied at every start: nothing here changes what is there.

create table if not exists book (
    service  text    not null,
    kind     text    not null,              -- area-head, area-page, party-head, party-page, directory-head
    n0       bigint  not null,              -- the two halves of a key that is a number; 0 for a text
    n1       bigint  not null,
    key      text    not null,              -- sample-ash/north/hall-1, with #PAGE for a page
    version  integer not null,              -- counts the writes: a writer names the version that it replaces
    document bytea   not null,              -- JSON, UTF-8
    written  timestamptz not null default now(),
    primary key (service, kind, key, n0, n1)
);

create table if not exists membership (
    cluster text primary key,
    version integer not null default 0,     -- counts the changes: every change of a silo's row names the version that it replaces
    changed timestamptz not null default now()
);

create table if not exists silo (
    cluster    text    not null references membership (cluster),
    address    text    not null,
    port       integer not null,
    generation integer not null,            -- when the process began: two silos at one address differ in it
    name       text    not null,
    host       text    not null,
    status     integer not null,
    gateway    integer not null,
    suspicions text,
    started    timestamptz not null,
    alive      timestamptz not null,
    primary key (cluster, address, port, generation)
);

create table if not exists OrleansQuery (
    QueryKey  text primary key,
    QueryText text not null
);

insert into OrleansQuery (QueryKey, QueryText) values
('ReadFromStorageKey', $$
    select document as "PayloadBinary", version as "Version"
    from book
    where service = @ServiceId and kind = @GrainTypeString and key = coalesce(@GrainIdExtensionString::text, '') and n0 = @GrainIdN0 and n1 = @GrainIdN1
$$),

-- One row, whose version is null where another writer was there first.
('WriteToStorageKey', $$
    with replaced as (
        update book set document = @PayloadBinary, version = version + 1, written = now()
        where service = @ServiceId and kind = @GrainTypeString and key = coalesce(@GrainIdExtensionString::text, '') and n0 = @GrainIdN0 and n1 = @GrainIdN1
            and version = @GrainStateVersion::integer
        returning version),
    added as (
        insert into book (service, kind, key, n0, n1, version, document)
        select @ServiceId, @GrainTypeString, coalesce(@GrainIdExtensionString::text, ''), @GrainIdN0, @GrainIdN1, 1, @PayloadBinary
        where @GrainStateVersion::integer is null
        on conflict do nothing
        returning version)
    select (select version from replaced union all select version from added) as "NewGrainStateVersion"
$$),

('ClearStorageKey', $$
    with cleared as (
        delete from book
        where service = @ServiceId and kind = @GrainTypeString and key = coalesce(@GrainIdExtensionString::text, '') and n0 = @GrainIdN0 and n1 = @GrainIdN1
            and version = @GrainStateVersion::integer
        returning version)
    select (select version + 1 from cleared) as "NewGrainStateVersion"
$$),

('InsertMembershipVersionKey', $$
    with added as (insert into membership (cluster) values (@DeploymentId) on conflict do nothing returning cluster)
    select exists (select from added)
$$),

('InsertMembershipKey', $$
    with changed as (
        update membership set version = version + 1, changed = now()
        where cluster = @DeploymentId and version = @Version
            and not exists (select from silo where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
        returning cluster),
    added as (
        insert into silo (cluster, address, port, generation, name, host, status, gateway, started, alive)
        select cluster, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from changed
        returning cluster)
    select exists (select from added)
$$),

('UpdateMembershipKey', $$
    with changed as (
        update membership set version = version + 1, changed = now()
        where cluster = @DeploymentId and version = @Version
            and exists (select from silo where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
        returning cluster),
    moved as (
        update silo set status = @Status, suspicions = @SuspectTimes::text, alive = greatest(alive, @IAmAliveTime)
        from changed
        where silo.cluster = changed.cluster and address = @Address and port = @Port and generation = @Generation
        returning silo.cluster)
    select exists (select from moved)
$$),

('UpdateIAmAlivetimeKey', $$
    update silo set alive = greatest(alive, @IAmAliveTime)
    where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$$),

-- A row even where there is no silo: the version stands in it.
('MembershipReadRowKey', $$
    select silo.address as "Address", silo.port as "Port", silo.generation as "Generation", silo.name as "SiloName", silo.host as "HostName",
        silo.status as "Status", silo.gateway as "ProxyPort", silo.suspicions as "SuspectTimes", silo.started as "StartTime", silo.alive as "IAmAliveTime",
        membership.version as "Version"
    from membership
    left join silo on silo.cluster = membership.cluster and silo.address = @Address and silo.port = @Port and silo.generation = @Generation
    where membership.cluster = @DeploymentId
$$),

('MembershipReadAllKey', $$
    select silo.address as "Address", silo.port as "Port", silo.generation as "Generation", silo.name as "SiloName", silo.host as "HostName",
        silo.status as "Status", silo.gateway as "ProxyPort", silo.suspicions as "SuspectTimes", silo.started as "StartTime", silo.alive as "IAmAliveTime",
        membership.version as "Version"
    from membership
    left join silo on silo.cluster = membership.cluster
    where membership.cluster = @DeploymentId
$$),

('GatewaysQueryKey', $$
    select address as "Address", gateway as "ProxyPort", generation as "Generation"
    from silo
    where cluster = @DeploymentId and status = @Status and gateway > 0
$$),

('DeleteMembershipTableEntriesKey', $$
    with gone as (delete from silo where cluster = @DeploymentId)
    update membership set version = version + 1, changed = now() where cluster = @DeploymentId
$$),

-- 6 is dead.
('CleanupDefunctSiloEntriesKey', $$
    delete from silo where cluster = @DeploymentId and status = 6 and alive < @IAmAliveTime and started < @IAmAliveTime
$$),

('CleanupDefunctSiloEntryKey', $$
    delete from silo
    where cluster = @DeploymentId and status = 6 and address = @Address and port = @Port and generation = @Generation
        and alive = @IAmAliveTime and started = @StartTime and coalesce(suspicions, '') = coalesce(@SuspectTimes::text, '')
$$)
on conflict (QueryKey) do update set QueryText = excluded.QueryText where OrleansQuery.QueryText <> excluded.QueryText;
