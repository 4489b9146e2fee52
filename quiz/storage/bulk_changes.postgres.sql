-- name: select_slots_of_questions
-- Places of quizzes that learners can still start, with how each place stands.
SELECT s.class_id, s.quiz_id, s.id, s.question_id, s.version_id, s.points, s.position, s.section_id, s.is_pinned,
  z.state AS quiz_state, z.title AS quiz_title
FROM slots AS s
JOIN quizzes AS z ON z.class_id = s.class_id AND z.id = s.quiz_id
WHERE s.question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json))) AND z.state <> 'closed'
ORDER BY s.quiz_id, s.position;
