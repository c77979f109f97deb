using System.Net;

namespace Standstill.Live;

/// <summary>How live processing runs: as one process that keeps its books in memory, or as one of several silos over PostgreSQL.</summary>
public sealed record LiveSettings
{
    /// <summary>Where HTTP is answered; null for nowhere. There is no authentication: keep it on loopback, or behind a proxy that has some.</summary>
    public Uri? Listen { get; init; } = new("http://127.0.0.1:8791");

    /// <summary>The connection to PostgreSQL in Npgsql's form; null keeps the books in memory, for this process alone.</summary>
    public string? PostgresConnection { get; init; }

    /// <summary>The cluster's name. Silos of one name over one database work together.</summary>
    public string Cluster { get; init; } = "standstill";

    /// <summary>The address at which the cluster's other silos reach this one.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port at which they do; 0 takes a free one.</summary>
    public int SiloPort { get; init; }
}
