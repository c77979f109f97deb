namespace Standstill.Live.Tests;

/// <summary>One process, books in memory.</summary>
public sealed class EmbeddedTests : LiveContract
{
    protected override Task<LiveSettings> SettingsAsync() => Task.FromResult(new LiveSettings { Listen = null });
}

/// <summary>The same over PostgreSQL.</summary>
public sealed class PostgresTests(PostgresServer server) : LiveContract
{
    protected override async Task<LiveSettings> SettingsAsync() => new() { Listen = null, PostgresConnection = await server.NewDatabaseAsync() };
}
