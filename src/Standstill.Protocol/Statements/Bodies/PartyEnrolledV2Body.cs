namespace Standstill.Protocol.Statements.Bodies;

/// <summary>A party introduces itself; states and regulators can. A kind that the charter cannot name is accredited by the operator.</summary>
public sealed record PartyEnrolledV2Body : PartyEnrolledBody
{
    private PartyEnrolledV2Body(PartyEnrolledBody read)
        : base(read)
    {
    }

    internal static PartyEnrolledV2Body ReadV2(Fields f) => new(Read(f, [PartyKind.Operator]));
}
