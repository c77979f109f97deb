using Npgsql;

namespace Standstill.Live.Storage;

/// <summary>The schema `standstill_live` of a database: tables of our own, and the queries that Orleans asks for by name.</summary>
internal static class PostgresSchema
{
    /// <summary>The schema's name: everything of live processing is in it, and goes with it.</summary>
    public const string Name = "standstill_live";

    // Any number will do that nobody else takes: silos that start together wait for one another on it.
    private const long Lock = 0x7374_616e_6473_7469;

    /// <summary>The connection that every query goes over: the same database, with this schema first and statements kept prepared.</summary>
    public static string Connection(string given)
    {
        var connection = new NpgsqlConnectionStringBuilder(given) { SearchPath = Name };
        if (connection.MaxAutoPrepare == 0)
        {
            connection.MaxAutoPrepare = 32;
        }

        return connection.ConnectionString;
    }

    /// <summary>Makes what is missing, in one transaction.</summary>
    public static async Task ApplyAsync(string connectionString, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(Connection(connectionString));
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RunAsync(connection, FormattableString.Invariant($"select pg_advisory_xact_lock({Lock})"), ct);
        await RunAsync(connection, $"create schema if not exists {Name}", ct);
        await RunAsync(connection, await TextAsync(ct), ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // The text is this assembly's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        // Without parameters the text goes to the server as it is: the names in it that begin with @ are for later.
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<string> TextAsync(CancellationToken ct)
    {
        await using var stream = typeof(PostgresSchema).Assembly.GetManifestResourceStream("postgres.sql") ?? throw new InvalidOperationException("postgres.sql is a resource of this assembly");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(ct);
    }
}
