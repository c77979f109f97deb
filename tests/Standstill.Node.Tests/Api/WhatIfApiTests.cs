using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Standstill.Node.Tests.Pages;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Node.Tests.Api;

public sealed class WhatIfApiTests(HostileRegistry registry) : IClassFixture<HostileRegistry>
{
    private const string Address = "/api/pacts/pause/what-if";

    [Theory]
    [InlineData("")]
    [InlineData("?out=birch")]
    [InlineData("?out=cedar&flop=birch:1e30")]
    [InlineData("?when=fern:all+of+ash&in=gorse&assurance=ash:90")]
    [InlineData("?when=cedar:slow+by+50%25+when+all+of+ash;+stop+when+always&world=1e19:2e19:4e19")]
    public async Task The_answer_is_the_coalition_that_the_solver_finds(string query)
    {
        var answer = await GetAsync(query, HttpStatusCode.OK);
        var pairs = System.Web.HttpUtility.ParseQueryString(query);
        var what = WhatIfText.Read(pairs.AllKeys.SelectMany(k => pairs.GetValues(k)!, (k, v) => KeyValuePair.Create(k!, v))).OrThrow();
        var standing = registry.Node.Current.World.Pacts[new PactId("pause")].Solve();
        var expected = Coalition.Largest(
            what.Commitments(standing.Candidates),
            what.Facts(standing.Facts),
            standing.Candidates.Where(c => standing.IsStaying(c.Party, 100)).ToImmutableSortedDictionary(c => c.Party, _ => 100));

        Assert.Equal(expected.Degrees.Select(d => $"{d.Key} {d.Value}"), answer.GetProperty("coalition").EnumerateArray().Select(m => $"{m.GetProperty("party")} {m.GetProperty("degree")}"));
        Assert.Equal(what.Suppositions.Length, answer.GetProperty("suppositions").GetArrayLength());
        Assert.Equal(expected.Candidates.Count(), answer.GetProperty("parties").GetArrayLength());
        Assert.Equal(expected.Members.Count, answer.GetProperty("departures").GetArrayLength());
    }

    [Fact]
    public async Task The_cascade_tells_who_is_struck_out_first_and_who_after()
    {
        var rounds = (await GetAsync("?out=birch", HttpStatusCode.OK)).GetProperty("cascade").EnumerateArray().ToArray();

        Assert.Equal("ash", rounds[0].GetProperty("lowered")[0].GetProperty("party").GetString());
        Assert.Contains("fails without birch", rounds[0].GetProperty("lowered")[0].GetProperty("because").GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?flop=ash:lots", "flop", "write it as `4.9e19`")]
    [InlineData("?assurance=ash:1000", "assurance", "write it as `80`, without a sign")]
    [InlineData("?out=fern", "out", "name a committed party, or leave it away")]
    [InlineData("?in=nobody-here", "in", "name a party of the registry")]
    [InlineData("?when=ash:fewer+than+2+of+ash", "when ash, line 1, column 1", "")]
    [InlineData("?world=-3", "world", "write FLOP per second above 0")]
    [InlineData("?shares=ash:1", "shares", "use `out`, `in`, `when`, `flop`, `assurance`, `world`")]
    [InlineData("?out=%3Cscript%3E", "out", "a name is")]
    [InlineData("?out", "out", "a name is")]
    public async Task Bad_input_is_a_problem_that_names_the_parameter_and_the_remedy(string query, string place, string remedy)
    {
        var problem = await GetAsync(query, HttpStatusCode.BadRequest);

        Assert.Equal("bad query", problem.GetProperty("title").GetString());
        Assert.Equal(place, problem.GetProperty("faults")[0].GetProperty("place").GetString());
        Assert.StartsWith(remedy, problem.GetProperty("faults")[0].GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_sixty_four_suppositions_are_refused() =>
        Assert.Contains("more than 64", (await GetAsync("?" + string.Join('&', Enumerable.Range(0, 65).Select(i => $"flop=p{i}:1")), HttpStatusCode.BadRequest)).GetProperty("detail").GetString()!, StringComparison.Ordinal);

    [Fact]
    public async Task A_pact_that_is_not_there_is_not_found()
    {
        using var response = await registry.Http.GetAsync("/api/pacts/none/what-if", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Nothing_that_is_asked_is_kept()
    {
        var (size, digest) = (registry.Node.Current.World.Size, WorldDocument.DigestOf(registry.Node.Current.World));
        await GetAsync("?out=birch&flop=ash:1", HttpStatusCode.OK);

        Assert.Equal((size, digest), (registry.Node.Current.World.Size, WorldDocument.DigestOf(registry.Node.Current.World)));
        Assert.Equal(2, (await GetAsync("", HttpStatusCode.OK)).GetProperty("coalition").GetArrayLength());
    }

    [Fact]
    public async Task The_description_of_the_api_has_it_with_its_parameters()
    {
        var document = JsonElement.Parse(await registry.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        var parameters = document.GetProperty("paths").GetProperty("/api/pacts/{id}/what-if").GetProperty("get").GetProperty("parameters").EnumerateArray();

        Assert.Equal(["id", .. WhatIfText.Names], parameters.Select(p => p.GetProperty("name").GetString()!));
    }

    private async Task<JsonElement> GetAsync(string query, HttpStatusCode status)
    {
        using var response = await registry.Http.GetAsync(Address + query, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, body);
        return JsonElement.Parse(body);
    }
}
