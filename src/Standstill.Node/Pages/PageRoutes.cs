using Microsoft.AspNetCore.Http.HttpResults;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;

namespace Standstill.Node.Pages;

/// <summary>The pages that a person reads: rendered on the server, complete without a script.</summary>
internal static class PageRoutes
{
    /// <summary>What the pages need. Comes before the problem details, whose place the pages take for people.</summary>
    public static void AddServices(IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddScoped<View>();
        services.AddSingleton<IProblemDetailsWriter, ProblemPages>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/", () => new RazorComponentResult<NowPage>());
        pages.MapGet("/capability", (string? source, string? since) => new RazorComponentResult<CapabilityPage>(new { Source = source, Since = since }));
        pages.MapGet("/pacts", () => new RazorComponentResult<PactsPage>());
        pages.MapGet("/pacts/{id}", (View view, string id) => view.Pact(id) is { } pact
            ? new RazorComponentResult<PactPage>(new { Pact = pact })
            : Problem(404, $"This registry has no pact `{id}`."));
        pages.MapGet("/pacts/{id}/what-if", (View view, HttpRequest request, string id) => view.Pact(id) is { } pact
            ? Board(view, pact, request.Query)
            : Problem(404, $"This registry has no pact `{id}`."));
        pages.MapGet("/pacts/{id}/timeline", (View view, string id, string? asOf) => view.Pact(id) is { } pact
            ? Timeline(view, pact, asOf)
            : Problem(404, $"This registry has no pact `{id}`."));
        pages.MapGet("/compute", () => new RazorComponentResult<ComputePage>());
        pages.MapGet("/compute/{party}", (View view, string party) => view.Party(party) is { } found
            ? new RazorComponentResult<PartyComputePage>(new { Fleet = FleetParty.Of(view.World, found.Id) })
            : Problem(404, $"This registry has no party `{party}`."));
        pages.MapGet("/compute/{party}/{facility}/{area}", (View view, string party, string facility, string area) => view.Area(party, facility, area) is { } found
            ? new RazorComponentResult<AreaPage>(new { Area = found })
            : Problem(404, $"This registry has no balance area `{party}/{facility}/{area}`."));
        pages.MapGet("/inspections", () => new RazorComponentResult<InspectionsPage>());
        pages.MapGet("/parties", () => new RazorComponentResult<PartiesPage>());
        pages.MapGet("/parties/{id}", async Task<IResult> (View view, EntryBook book, string id) => view.Party(id) is { } party
            ? new RazorComponentResult<PartyPage>(new { Party = party, Recent = await EntryList.LatestOfAsync(book, view.Snapshot.World.Size, party.Id) })
            : Problem(404, $"This registry has no party `{id}`."));
        pages.MapGet("/ledger", async (View view, EntryBook book, string? before) =>
            new RazorComponentResult<LedgerPage>(new { List = await EntryList.ReadAsync(book, view.Snapshot.World.Size, before) }));
        pages.MapGet("/ledger/{index}", EntryAsync);
        pages.MapGet("/about", () => new RazorComponentResult<AboutPage>());
        pages.MapGet("/assets/{name}", EmbeddedFiles.Serve);
    }

    /// <summary>A page that says what went wrong.</summary>
    public static RazorComponentResult Problem(int status, string what) =>
        new RazorComponentResult<ProblemPage>(new { Status = status, What = what }) { StatusCode = status };

    // A form says each field, most of them empty; the address that a visitor keeps says what is supposed and nothing else.
    private static IResult Board(View view, Pact pact, IQueryCollection query) =>
        WhatIfBoard.OfForm(view.World, pact, query) is { } address ? TypedResults.LocalRedirect(address)
        : WhatIfBoard.Read(view.World, pact, query) is var board && board.Faults.IsEmpty ? new RazorComponentResult<WhatIfPage>(new { Board = board })
        : new RazorComponentResult<WhatIfPage>(new { Board = board }) { StatusCode = StatusCodes.Status400BadRequest };

    private static RazorComponentResult Timeline(View view, Pact pact, string? asOf)
    {
        var time = string.IsNullOrEmpty(asOf) || asOf == UtcTime.Format(view.World.Now)[..10] ? view.World.Now
            : UtcTime.TryParse(asOf.Length == 10 ? asOf + "T00:00:00Z" : asOf, out var asked) ? asked : (DateTimeOffset?)null;
        var fault = time is null ? $"`{asOf}` is not a time; write a day as `2027-03-01`, or `2027-03-01T12:00:00Z`"
            : time < view.World.Now ? $"`{asOf}` is earlier than now; for an earlier state fold a shorter ledger: `standstill world --size`"
            : null;
        var world = fault is null ? view.World.AsOf(time!.Value) : view.World;
        return new RazorComponentResult<TimelinePage>(new { Timeline = PactTimeline.Of(world, pact.Id), Fault = fault })
        {
            StatusCode = fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static async Task<IResult> EntryAsync(View view, EntryBook book, string index)
    {
        if (!long.TryParse(index, System.Globalization.NumberStyles.None, null, out var number) || await book.ReadAsync(number) is not { } entry)
        {
            return Problem(404, $"This ledger has no entry `{index}`: it has the entries 0 to {view.Snapshot.World.Size - 1}.");
        }

        var ladder = await book.ProofAsync(number, view.Head) is { } proof ? ProofLadder.Of(entry.Bytes, proof, view.Head.Root) : null;
        return new RazorComponentResult<EntryPage>(new { Entry = entry, Ladder = ladder });
    }
}
