using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Privacy;

/// <summary>
/// The people of reports that are written in one piece. A seal holds the row's id, which is given out only under the write lock;
/// in a large piece another core seals ahead, for the ids that they get if all of them are new, while the writer writes.
/// </summary>
internal sealed class SealedPeople : IDisposable
{
    // Below this, waking another thread costs as much as it saves.
    private const int FewestAhead = 64;

    private readonly KeyRing _ring;
    private readonly IReadOnlyList<IncidentReport> _reports;
    private readonly PersonMarks[] _marks;
    private readonly long _firstId;
    private readonly SealedPerson[] _ahead;
    private volatile int _sealed;
    private volatile bool _over;

    /// <param name="firstId">That the first new report gets.</param>
    public SealedPeople(KeyRing ring, IReadOnlyList<IncidentReport> reports, PersonMarks[] marks, long firstId)
    {
        (_ring, _reports, _marks, _firstId) = (ring, reports, marks, firstId);
        _ahead = reports.Count < FewestAhead ? [] : new SealedPerson[reports.Count];
        if (_ahead.Length > 0)
        {
            // Nobody waits for it: what isn't there yet the writer seals for itself, and meets any failure there.
            _ = Task.Run(SealAhead);
        }
    }

    /// <param name="index">Of the report.</param>
    /// <param name="id">That it got.</param>
    public SealedPerson Of(int index, long id) =>
        index < _sealed && id == _firstId + index ? _ahead[index] : SealedPerson.Of(_ring, id, _marks[index], _reports[index]);

    public void Dispose() => _over = true;

    private void SealAhead()
    {
        for (var i = 0; i < _ahead.Length && !_over; i++)
        {
            _ahead[i] = SealedPerson.Of(_ring, _firstId + i, _marks[i], _reports[i]);
            _sealed = i + 1;
        }
    }
}
