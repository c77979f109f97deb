using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol.Json;

namespace Standstill.Protocol.Pacts;

/// <content>The hash by which members name the coalition that they confirm.</content>
/// <remarks>SHA-256 over the canonical JSON (RFC 8785) of the pact's name and of each member in the order of names, with the degree by
/// which it would slow and the entry of its commitment:
/// <c>{"members":[{"commitment":12,"degree":100,"party":"sample-ash"}],"pact":"hold"}</c>.</remarks>
public sealed partial record Pact
{
    /// <summary>The hash of the coalition that is being prepared, which a confirmation names; null while none is.</summary>
    public Digest? CoalitionHash => (Stage as PactStage.Preparing)?.Coalition;

    private Digest HashOfPledged()
    {
        var document = new JsonObject
        {
            ["pact"] = Id.Value,
            ["members"] = new JsonArray([.. Members.Values.Where(m => m.IsPledged).Select(m => new JsonObject
            {
                ["party"] = m.Commitment.Party.Value,
                ["degree"] = m.Degree,
                ["commitment"] = m.Commitment.Entry.Value,
            })]),
        };
        return Digest.Of(CanonicalJson.Write(JsonSerializer.SerializeToElement(document)));
    }
}
