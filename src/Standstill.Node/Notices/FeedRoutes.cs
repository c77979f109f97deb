using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using Standstill.Node.Api;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;

namespace Standstill.Node.Notices;

/// <summary>Feeds and calendars: what happens, for programs that ask now and then.</summary>
internal static class FeedRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/feeds/pacts.atom", Pacts).WithName("pactsFeed").WithTags("feeds")
            .WithSummary("What happened to all pacts and what is near, an Atom feed (RFC 4287)");
        routes.MapGet("/pacts/{id}/feed.atom", OnePact).WithName("pactFeed").WithTags("feeds")
            .WithSummary("What happened to one pact and what is near, an Atom feed (RFC 4287)");
        routes.MapGet("/pacts/{id}/calendar.ics", PactDates).WithName("pactCalendar").WithTags("feeds")
            .WithSummary("The dates of a pact, a calendar (RFC 5545)");
    }

    private static IResult Pacts(HttpContext context, Sequencer sequencer) =>
        Answer(context, AtomFeed.Write(sequencer.Current.World, null, Site(context)), AtomFeed.MediaType);

    private static IResult OnePact(HttpContext context, Sequencer sequencer, string id) =>
        Find(sequencer, id, out var world) is { } pact ? Answer(context, AtomFeed.Write(world, pact, Site(context)), AtomFeed.MediaType) : NoSuch(id);

    private static IResult PactDates(HttpContext context, Sequencer sequencer, string id) =>
        Find(sequencer, id, out var world) is { } pact ? Answer(context, CalendarFeed.Write(world, pact, Site(context)), CalendarFeed.MediaType) : NoSuch(id);

    private static Pact? Find(Sequencer sequencer, string id, out World world)
    {
        world = sequencer.Current.World;
        return Slug.IsGood(id) ? world.Pacts.GetValueOrDefault(new PactId(id)) : null;
    }

    private static IResult NoSuch(string id) => Problems.NoSuch($"pact `{id}`", "see `/pacts` for those that there are");

    // The server answers `If-None-Match` from the tag.
    private static IResult Answer(HttpContext context, byte[] bytes, string type)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(bytes, type, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\""));
    }

    // Links lead to where the reader came from. HTTP/1.0 may leave the host out.
    private static Uri Site(HttpContext context) =>
        Uri.TryCreate($"{context.Request.Scheme}://{context.Request.Host}/", UriKind.Absolute, out var site) ? site : NodeSettings.DefaultListen;
}
