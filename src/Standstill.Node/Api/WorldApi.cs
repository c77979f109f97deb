using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Standstill.Protocol;

namespace Standstill.Node.Api;

/// <summary>The digest of the world, to hold against an audit's.</summary>
/// <param name="Size">Entries folded.</param>
/// <param name="Now">The time of the last of them, UTC.</param>
/// <param name="Registry">The charter's id.</param>
/// <param name="Digest">SHA-256 of the canonical world document.</param>
public sealed record DigestAnswer(long Size, DateTimeOffset Now, string? Registry, string Digest);

/// <summary>What the entries establish.</summary>
internal static class WorldApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/world", World).WithName("readWorld").WithTags("world").Produces<JsonObject>()
            .WithSummary("The world document; `asOf` asks for a later time than the last entry's");
        routes.MapGet("/api/world/digest", Digest).WithName("readDigest").WithTags("world")
            .WithSummary("SHA-256 of the canonical world document after the last entry");
        routes.MapGet("/api/world/{section}", Section).WithName("readSection").WithTags("world")
            .WithSummary("One section of the world document: parties, pacts, triggers, horizons…");
        routes.MapGet("/api/findings", Findings).WithName("listFindings").WithTags("world")
            .WithSummary("What holds at present, since which entry, and what would change it");
    }

    private static IResult World(Sequencer sequencer, [FromQuery] DateTimeOffset? asOf) =>
        AsOf(sequencer, asOf, out var world) is { } problem ? problem : TypedResults.Json(WorldDocument.Write(world));

    private static IResult Section(Sequencer sequencer, string section, [FromQuery] DateTimeOffset? asOf)
    {
        if (AsOf(sequencer, asOf, out var world) is { } problem)
        {
            return problem;
        }

        var document = WorldDocument.Write(world);
        return document.TryGetPropertyValue(section, out var value)
            ? TypedResults.Json(value)
            : Problems.NoSuch($"section `{section}`", "use one of " + string.Join(", ", document.Select(p => $"`{p.Key}`")));
    }

    private static IResult Digest(Sequencer sequencer)
    {
        var world = sequencer.Current.World;
        return TypedResults.Ok(new DigestAnswer(world.Size, world.Now, world.Registry?.Hex, WorldDocument.DigestOf(world).Hex));
    }

    private static IResult Findings(Sequencer sequencer, TimeProvider clock) =>
        TypedResults.Json(FindingsDocument.Write(sequencer.Current.AsOf(clock.GetUtcNow())));

    private static IResult? AsOf(Sequencer sequencer, DateTimeOffset? asOf, out World world)
    {
        world = sequencer.Current.World;
        if (asOf is not { } time)
        {
            return null;
        }

        if (time < world.Now || time >= UtcTime.Latest)
        {
            return Problems.BadQuery($"`asOf` = {time:O}", $"use a time from {UtcTime.Format(world.Now)} on, below the year 2200; for an earlier one fold a shorter ledger: `standstill world --size`");
        }

        world = world.AsOf(time.ToUniversalTime());
        return null;
    }
}
